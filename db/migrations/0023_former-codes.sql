CREATE TABLE `former_code` (
	`lookup` text PRIMARY KEY NOT NULL,
	`lead_id` text NOT NULL,
	`lookup_key_id` text NOT NULL,
	`recipient` text NOT NULL,
	`sealed` blob,
	`replaced_on` text NOT NULL,
	`disputed_on` text,
	FOREIGN KEY (`lead_id`) REFERENCES `lead`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `former_code_lead` ON `former_code` (`lead_id`);