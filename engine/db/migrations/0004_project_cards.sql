CREATE TABLE `project_cards` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`shown_in` text NOT NULL,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL,
	`duration_frames` integer NOT NULL,
	`ratios` text NOT NULL,
	`tags` text NOT NULL,
	`poster` text,
	`product` text,
	`variant_of` text,
	`brief` text NOT NULL,
	`copy` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `project_cards_by_project` ON `project_cards` (`project_id`);--> statement-breakpoint
CREATE INDEX `project_cards_by_update` ON `project_cards` (`shown_in`,`updated_ms`);--> statement-breakpoint
CREATE INDEX `project_cards_by_creation` ON `project_cards` (`shown_in`,`created_ms`);--> statement-breakpoint
CREATE INDEX `project_cards_by_name` ON `project_cards` (`shown_in`,`name_key`);--> statement-breakpoint
-- What drizzle-kit does not know of: the full-text index over the cards, and the triggers that keep both in step with `projects`,
-- whoever writes there. unicode61 and not trigram: words are found from their first letter on, umlauts and accents as typed or without,
-- and the index stays small. Words of scripts without spaces are looked for in the cards themselves (list-projects.ts).
CREATE VIRTUAL TABLE `project_search` USING fts5(`name`, `brief`, `copy`, `tags`, content='project_cards', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
--> statement-breakpoint
CREATE TRIGGER `project_cards_searched` AFTER INSERT ON `project_cards` BEGIN
	INSERT INTO `project_search` (rowid, name, brief, copy, tags) VALUES (new.id, new.name, new.brief, new.copy, new.tags);
END;
--> statement-breakpoint
CREATE TRIGGER `project_cards_searched_anew` AFTER UPDATE OF `name`, `brief`, `copy`, `tags` ON `project_cards`
WHEN old.name <> new.name OR old.brief <> new.brief OR old.copy <> new.copy OR old.tags <> new.tags BEGIN
	INSERT INTO `project_search` (`project_search`, rowid, name, brief, copy, tags) VALUES ('delete', old.id, old.name, old.brief, old.copy, old.tags);
	INSERT INTO `project_search` (rowid, name, brief, copy, tags) VALUES (new.id, new.name, new.brief, new.copy, new.tags);
END;
--> statement-breakpoint
CREATE TRIGGER `project_cards_forgotten` AFTER DELETE ON `project_cards` BEGIN
	INSERT INTO `project_search` (`project_search`, rowid, name, brief, copy, tags) VALUES ('delete', old.id, old.name, old.brief, old.copy, old.tags);
END;
--> statement-breakpoint
-- What a card says of a project. A document that cannot be read leaves the card without its parts, and in the list.
CREATE VIEW `project_card_contents` AS
WITH readable AS (
	SELECT id, name, created_ms, updated_ms, archived_ms, deleted_ms, poster, CASE WHEN json_valid(tags) THEN tags ELSE '[]' END AS tags, CASE WHEN json_valid(document) THEN document ELSE '{}' END AS document FROM projects
)
SELECT
	id AS project_id,
	name,
	replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(name), 'ä', 'a'), 'Ä', 'a'), 'ö', 'o'), 'Ö', 'o'), 'ü', 'u'), 'Ü', 'u'), 'ß', 'ss'), 'é', 'e'), 'É', 'e'), 'è', 'e') AS name_key,
	CASE WHEN deleted_ms IS NOT NULL THEN 'deleted' WHEN archived_ms IS NOT NULL THEN 'archived' ELSE 'active' END AS shown_in,
	created_ms,
	updated_ms,
	coalesce(json_extract(document, '$.durationFrames'), 0) AS duration_frames,
	coalesce((SELECT json_group_array(DISTINCT json_extract(CASE rendition.type WHEN 'object' THEN rendition.value ELSE '{}' END, '$.ratio')) FROM json_each(document, '$.renditions') AS rendition), '[]') AS ratios,
	tags,
	poster,
	coalesce(json_extract(document, '$.products[0].cutout'), json_extract(document, '$.products[0].photo')) AS product,
	json_extract(document, '$.variant.of') AS variant_of,
	coalesce((SELECT group_concat(part.value, ' ') FROM json_each(document, '$.brief') AS part), '') AS brief,
	coalesce((SELECT group_concat(json_extract(CASE caption.type WHEN 'object' THEN caption.value ELSE '{}' END, '$.text'), ' ') FROM json_each(document, '$.scenes') AS scene, json_each(CASE scene.type WHEN 'object' THEN scene.value ELSE '{}' END, '$.captions') AS caption), '') AS copy
FROM readable;
--> statement-breakpoint
CREATE TRIGGER `projects_carded` AFTER INSERT ON `projects` BEGIN
	INSERT INTO `project_cards` (project_id, name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy)
	SELECT project_id, name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy FROM `project_card_contents` WHERE project_id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER `projects_carded_anew` AFTER UPDATE OF `name`, `document`, `tags`, `poster`, `created_ms`, `updated_ms`, `archived_ms`, `deleted_ms` ON `projects` BEGIN
	UPDATE `project_cards` SET (name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy) =
		(SELECT name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy FROM `project_card_contents` WHERE project_id = new.id)
	WHERE project_id = new.id;
END;
--> statement-breakpoint
INSERT INTO `project_cards` (project_id, name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy)
SELECT project_id, name, name_key, shown_in, created_ms, updated_ms, duration_frames, ratios, tags, poster, product, variant_of, brief, copy FROM `project_card_contents`;
