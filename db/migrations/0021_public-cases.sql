CREATE TABLE `case_month` (
	`body_code` text NOT NULL,
	`month` text NOT NULL,
	`by_person_id` text NOT NULL,
	`on_date` text NOT NULL,
	PRIMARY KEY(`body_code`, `month`)
);
--> statement-breakpoint
CREATE TABLE `public_case` (
	`id` text PRIMARY KEY NOT NULL,
	`body_code` text NOT NULL,
	`month` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer NOT NULL,
	`sealed` blob,
	`key_ids` text NOT NULL,
	`sealed_note` blob,
	`note_key_ids` text DEFAULT '' NOT NULL,
	`authors` text NOT NULL,
	`created_on` text NOT NULL,
	`submitted_on` text,
	`decided_by` text,
	`decided_on` text,
	`checks` text DEFAULT '' NOT NULL,
	`words` text,
	`published_on` text,
	`ends_on` text,
	`withdrawn_by` text,
	`withdrawn_on` text,
	`withdraw_reason` text,
	`reviewed_by` text,
	`reviewed_on` text
);
--> statement-breakpoint
CREATE INDEX `public_case_month` ON `public_case` (`month`,`body_code`);