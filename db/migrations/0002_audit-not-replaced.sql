-- REPLACE deletes the row in its way without firing its delete trigger.
CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'audit_entry is append-only');
END;
