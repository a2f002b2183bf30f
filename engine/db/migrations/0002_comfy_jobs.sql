CREATE TABLE `comfy_jobs` (
	`key` text PRIMARY KEY NOT NULL,
	`graph_hash` text NOT NULL,
	`prompt_ids` text NOT NULL,
	`state` text NOT NULL,
	`files` text,
	`updated_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `generations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at_ms` integer NOT NULL,
	`workflow_hash` text NOT NULL,
	`device` text NOT NULL,
	`size` real NOT NULL,
	`seconds` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `generations_by_workflow` ON `generations` (`workflow_hash`,`device`,`id`);