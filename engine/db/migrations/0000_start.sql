CREATE TABLE `brand_kits` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `lane_slots` (
	`lane` text NOT NULL,
	`slot` integer NOT NULL,
	`owner_id` integer NOT NULL,
	`acquired_ms` integer NOT NULL,
	PRIMARY KEY(`lane`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `lane_waiters` (
	`lane` text NOT NULL,
	`owner_id` integer NOT NULL,
	`since_ms` integer NOT NULL,
	PRIMARY KEY(`lane`, `owner_id`)
);
--> statement-breakpoint
CREATE TABLE `processes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pid` integer NOT NULL,
	`start_token` text NOT NULL,
	`started_ms` integer NOT NULL,
	`heartbeat_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `projects_by_update` ON `projects` (`updated_ms`);--> statement-breakpoint
CREATE TABLE `run_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`type` text NOT NULL,
	`payload` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `run_events_by_run` ON `run_events` (`run_id`,`id`);--> statement-breakpoint
CREATE TABLE `run_steps` (
	`run_id` text NOT NULL,
	`step_key` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`stage` text NOT NULL,
	`lane` text NOT NULL,
	`state` text NOT NULL,
	`is_cache_hit` integer DEFAULT false NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`progress` real DEFAULT 0 NOT NULL,
	`note` text,
	`weight` real DEFAULT 1 NOT NULL,
	`started_ms` integer,
	`ended_ms` integer,
	`deps` text NOT NULL,
	`params` text,
	`error` text,
	PRIMARY KEY(`run_id`, `step_key`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`step_key`) REFERENCES `steps`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_steps_by_key` ON `run_steps` (`step_key`);--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`stage` text NOT NULL,
	`state` text NOT NULL,
	`progress` real DEFAULT 0 NOT NULL,
	`request` text NOT NULL,
	`out_dir` text,
	`error` text,
	`created_ms` integer NOT NULL,
	`started_ms` integer,
	`ended_ms` integer,
	`owner_id` integer,
	`owner_pid` integer,
	`owner_start` text,
	`is_cancel_requested` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `runs_by_creation` ON `runs` (`created_ms`);--> statement-breakpoint
CREATE INDEX `runs_by_project` ON `runs` (`project_id`);--> statement-breakpoint
CREATE INDEX `runs_unfinished` ON `runs` (`owner_id`) WHERE ended_ms IS NULL;--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `step_artifacts` (
	`step_key` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`step_key`, `hash`),
	FOREIGN KEY (`step_key`) REFERENCES `steps`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `step_artifacts_by_hash` ON `step_artifacts` (`hash`);--> statement-breakpoint
CREATE TABLE `steps` (
	`key` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`outputs` text,
	`provider` text,
	`fallback` text,
	`cost_usd` real DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`owner_id` integer,
	`created_ms` integer NOT NULL,
	`started_ms` integer,
	`ended_ms` integer
);
--> statement-breakpoint
CREATE INDEX `steps_running` ON `steps` (`owner_id`) WHERE owner_id IS NOT NULL;