CREATE TABLE `lead_evidence` (
	`lead_id` text NOT NULL,
	`seq` integer NOT NULL,
	`file_id` text NOT NULL,
	`file_hash` text NOT NULL,
	`origin` text NOT NULL,
	`on_date` text NOT NULL,
	`epoch` integer NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`lead_id`, `seq`),
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_evidence_file` ON `lead_evidence` (`file_id`);--> statement-breakpoint
CREATE TABLE `upload` (
	`lookup` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`file_hash` text NOT NULL,
	`sealed` blob NOT NULL,
	`proved` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `upload_file_id_unique` ON `upload` (`file_id`);--> statement-breakpoint
CREATE INDEX `upload_expires` ON `upload` (`expires_at`);