CREATE TABLE `export_orders` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`order_data` text NOT NULL,
	`out_dir` text NOT NULL,
	`state` text NOT NULL,
	`progress` real DEFAULT 0 NOT NULL,
	`run_id` text,
	`file` text,
	`path` text,
	`report` text,
	`error` text,
	`created_ms` integer NOT NULL,
	`ended_ms` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `export_orders_by_creation` ON `export_orders` (`created_ms`);--> statement-breakpoint
CREATE INDEX `export_orders_by_project` ON `export_orders` (`project_id`);--> statement-breakpoint
CREATE TABLE `project_edits` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`project_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`label` text NOT NULL,
	`merge_key` text,
	`diff` text NOT NULL,
	`is_undone` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `project_edits_by_project` ON `project_edits` (`project_id`,`id`);--> statement-breakpoint
ALTER TABLE `projects` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `last_good` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `poster` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `archived_ms` integer;--> statement-breakpoint
ALTER TABLE `projects` ADD `deleted_ms` integer;--> statement-breakpoint
CREATE INDEX `projects_by_name` ON `projects` (`name`);--> statement-breakpoint
CREATE INDEX `projects_by_creation` ON `projects` (`created_ms`);--> statement-breakpoint
ALTER TABLE `runs` ADD `purpose` text DEFAULT 'advert' NOT NULL;