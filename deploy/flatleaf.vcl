# Flatleaf behind Varnish, 6.6 or newer: put this into /etc/varnish/default.vcl, and start varnishd with
#   -p http_gzip_support=off
# as the application compresses by itself, and has an ETag for each coding.
#
# An answer is kept for as long as the site says: s_maxage, then stale_while_revalidate, while the new one is fetched.
# While the application is away, what is there goes on being sent. What has changed is purged, so it can be long:
#   s_maxage = 86400
#   surrogate_header = "Surrogate-Key"
#   purge = "/srv/flatleaf/purge"      # the script beside this file
vcl 4.1;

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 30s;
}

acl inside {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.restarts == 0) {
        unset req.http.X-Want;
    }
    set req.grace = 7d;
    if (req.http.X-Want == "fresh") {
        set req.grace = 0s;
    }

    if (req.method == "PURGE") {
        # From this machine, and not passed on by a proxy: Varnish itself writes one address into X-Forwarded-For.
        if (client.ip !~ inside || req.http.X-Forwarded-For ~ ",") {
            return (synth(405));
        }
        call forget;
    }
    if (req.method !~ "^(GET|HEAD|OPTIONS|POST)$") {
        return (synth(405));
    }
    # Health and metrics are for this machine: ask the application itself.
    if (req.url ~ "(?i)^[^?]*(/|%2f)(-|%2d)(/|%2f)(health|metrics|[^?/]*%[^?/]*)(\?|$)") {
        return (synth(404));
    }

    # Browsers spell Accept-Encoding in many ways; three are enough.
    if (req.http.Accept-Encoding ~ "(?i)\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # A feed that a person opens has another type than one that a reader asks for; of all else there is no end.
    if (req.http.Sec-Fetch-Dest != "document") {
        unset req.http.Sec-Fetch-Dest;
    }
    # Parts of large files come from the application, which needn't send the whole for them.
    if (req.http.Range) {
        return (pass);
    }
    # The site knows no cookies, and every host is the same site.
    unset req.http.Cookie;
}

# Forget one address; or what rests on one of the keys in the header Surrogate-Key; or, with a star there, everything.
sub forget {
    if (!req.http.Surrogate-Key) {
        return (purge);
    }
    if (req.http.Surrogate-Key == "*") {
        if (std.ban("obj.status != 0")) {
            return (synth(200, "Purged"));
        }
    } elsif (req.http.Surrogate-Key ~ "^[0-9A-Za-z_]+( +[0-9A-Za-z_]+)*$") {
        if (std.ban("obj.http.Surrogate-Key ~ \b(" + regsuball(req.http.Surrogate-Key, " +", "|") + ")\b")) {
            return (synth(200, "Purged"));
        }
    }
    return (synth(400));
}

sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_fetch {
    unset bereq.http.X-Want;
}

sub vcl_backend_response {
    if (bereq.is_bgfetch && beresp.status >= 500) {
        return (abandon);
    }
    if (beresp.ttl > 0s && beresp.status < 500) {
        # Varnish reads stale-while-revalidate into grace. It is noted, as we keep answers longer, for bad times.
        if (beresp.http.Cache-Control !~ "stale-while-revalidate") {
            set beresp.grace = 0s;
        }
        set beresp.http.X-Grace = beresp.grace + "s";
        set beresp.grace = 7d;
    }
}

sub vcl_hit {
    # Too stale for good times: have it fetched.
    if (!req.http.X-Want && obj.ttl + std.duration(obj.http.X-Grace, 0s) < 0s) {
        set req.http.X-Want = "fresh";
        return (restart);
    }
}

sub vcl_deliver {
    # That didn't work: the stale one is better than none.
    if (req.http.X-Want == "fresh" && resp.status >= 500) {
        set req.http.X-Want = "anything";
        return (restart);
    }
    unset resp.http.X-Grace;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    # A cache in front of this one may want to know; nobody else.
    unset resp.http.Surrogate-Key;
}

sub vcl_synth {
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.X-Content-Type-Options = "nosniff";
    set resp.http.Content-Security-Policy = "default-src 'none'; frame-ancestors 'none'";
    set resp.http.Cache-Control = "no-store";
    set resp.body = "" + resp.status + " " + resp.reason + {"
"};
    return (deliver);
}

sub vcl_backend_error {
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.X-Content-Type-Options = "nosniff";
    set beresp.http.Content-Security-Policy = "default-src 'none'; frame-ancestors 'none'";
    set beresp.http.Retry-After = "10";
    set beresp.body = "" + beresp.status + " " + beresp.reason + {"
"};
    return (deliver);
}
