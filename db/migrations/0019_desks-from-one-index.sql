DROP INDEX `lead_grant_body`;--> statement-breakpoint
CREATE INDEX `lead_grant_body` ON `lead_grant` (`body_code`,`standing`,`part`,`lead_id`);