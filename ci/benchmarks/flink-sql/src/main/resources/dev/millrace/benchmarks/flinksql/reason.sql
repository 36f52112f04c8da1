-- Why a parsed line is rejected, or null.
CASE
  WHEN e.flaw IS NOT NULL THEN e.flaw
  WHEN (CHAR_LENGTH(e.id) BETWEEN 24 AND 32
    AND e.event_time >= TIMESTAMP '2026-01-01 00:00:00'
    AND e.event_time < TIMESTAMP '2027-01-01 00:00:00'
    AND CHAR_LENGTH(e.user_id) BETWEEN 1 AND 32
    AND CHAR_LENGTH(e.session_id) BETWEEN 8 AND 32
    AND e.type IN ('page_view', 'search', 'product_view', 'add_to_cart', 'checkout', 'purchase',
      'refund', 'sign_in')
    AND REGEXP(e.country, '^[A-Z]{2}$')
    AND e.device IN ('desktop', 'mobile', 'tablet', 'tv', 'console')
    AND CHAR_LENGTH(e.page) BETWEEN 1 AND 2048
    AND COALESCE(CHAR_LENGTH(e.referrer), 0) <= 2048
    AND COALESCE(CHAR_LENGTH(e.user_agent), 0) <= 512
    AND e.amount BETWEEN 0 AND 100000
    AND e.quantity BETWEEN 1 AND 1000
    AND e.duration_ms BETWEEN 0 AND 86400000
    AND e.signed_in IS NOT NULL
    AND COALESCE(CHAR_LENGTH(e.campaign), 0) <= 64) IS NOT TRUE THEN 'contract'
END
