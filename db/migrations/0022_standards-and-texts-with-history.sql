CREATE TABLE `directory_version` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`version` integer NOT NULL,
	`content` text NOT NULL,
	`change` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`person_id` text NOT NULL,
	`on_date` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `directory_version_subject` ON `directory_version` (`kind`,`subject_id`,`version`);--> statement-breakpoint
ALTER TABLE `page_text` ADD `overview` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `added_on` text;--> statement-breakpoint
ALTER TABLE `page_text` ADD `hidden_on` text;--> statement-breakpoint
ALTER TABLE `page_text` ADD `issuer` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `document_number` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `issued_on` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `effective_from` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `ended_on` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `page_text` ADD `source_url` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `standard` ADD `version` integer DEFAULT 1 NOT NULL;