using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Writes what requests to subscriptions are answered with. Errors have the shape the protocol gives them there.</summary>
internal static class SubscriptionAnswers
{
    public static Task WriteViewAsync(HttpContext http, SubscriptionView view, string root, string keyId, bool created)
    {
        http.Response.StatusCode = created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return WriteAsync(
            http,
            json =>
            {
                json.WriteString("id", view.Id);
                json.WriteString("subscription_id", view.Id);
                WriteConfig(json, view.Config, root, keyId);
                SubscriptionJson.WriteStreams(json, view.Streams, withTails: false);
                json.WriteString("created_at", view.CreatedAt);
                json.WriteString("status", view.IsFailing ? "failed" : "active");
            }
        );
    }

    public static Task WriteKeysAsync(HttpContext http, IEnumerable<WebhookKey> keys)
    {
        http.Response.ContentType = "application/jwk-set+json";
        http.Response.Headers.CacheControl = "public, max-age=300";
        return JsonAnswer.WriteAsync(
            http.Response,
            json =>
            {
                json.WriteStartArray("keys");
                foreach (var key in keys)
                    WriteKey(json, key);
                json.WriteEndArray();
            },
            http.RequestAborted
        );
    }

    public static Task WriteClaimAsync(HttpContext http, WakeClaim claim) =>
        WriteAsync(
            http,
            json =>
            {
                json.WriteString("wake_id", claim.WakeId);
                json.WriteNumber("generation", claim.Generation);
                json.WriteString("token", claim.Token);
                SubscriptionJson.WriteStreams(json, claim.Streams, withTails: true);
                json.WriteNumber("lease_ttl_ms", claim.LeaseMilliseconds);
            }
        );

    public static Task WriteNextWakeAsync(HttpContext http, bool nextWake) =>
        WriteAsync(
            http,
            json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteBoolean("next_wake", nextWake);
            }
        );

    public static Task WriteFaultAsync(HttpContext http, SubscriptionFault fault)
    {
        var (status, code) = Describe(fault.Reason);
        return WriteErrorAsync(http, status, code, fault.Sentence, fault);
    }

    public static Task WriteErrorAsync(
        HttpContext http,
        int status,
        string code,
        string sentence,
        SubscriptionFault? fault = null
    )
    {
        http.Response.StatusCode = status;
        return WriteAsync(
            http,
            json =>
            {
                json.WriteStartObject("error");
                json.WriteString("code", code);
                json.WriteString("message", sentence);
                if (fault?.Holder is { } holder)
                    json.WriteString("current_holder", holder);
                if (fault?.Generation is { } generation)
                    json.WriteNumber("generation", generation);
                json.WriteEndObject();
            }
        );
    }

    private static Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(http.Response, write, http.RequestAborted);
    }

    private static void WriteConfig(Utf8JsonWriter json, SubscriptionConfig config, string root, string keyId)
    {
        json.WriteString("type", config.Type is SubscriptionType.Webhook ? "webhook" : "pull-wake");
        if (config.Pattern is { } pattern)
            json.WriteString("pattern", pattern);
        if (config.WebhookUrl is { } url)
        {
            json.WriteStartObject("webhook");
            json.WriteString("url", url);
            json.WriteStartObject("signing");
            json.WriteString("alg", "ed25519");
            json.WriteString("kid", keyId);
            json.WriteString("jwks_url", root + "/jwks.json");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (config.WakeStream is { } wakeStream)
            json.WriteString("wake_stream", wakeStream);
        json.WriteNumber("lease_ttl_ms", config.LeaseMilliseconds);
        if (config.Description is { } description)
            json.WriteString("description", description);
    }

    private static void WriteKey(Utf8JsonWriter json, WebhookKey key)
    {
        json.WriteStartObject();
        json.WriteString("kty", "OKP");
        json.WriteString("crv", "Ed25519");
        json.WriteString("x", key.PublicKey);
        json.WriteString("kid", key.KeyId);
        json.WriteString("use", "sig");
        json.WriteString("alg", "EdDSA");
        json.WriteEndObject();
    }

    private static (int Status, string Code) Describe(SubscriptionFaultReason reason) =>
        reason switch
        {
            SubscriptionFaultReason.SubscriptionNotFound => (404, "SUBSCRIPTION_NOT_FOUND"),
            SubscriptionFaultReason.SubscriptionAlreadyExists => (409, "SUBSCRIPTION_ALREADY_EXISTS"),
            SubscriptionFaultReason.WebhookUrlRejected => (400, "WEBHOOK_URL_REJECTED"),
            SubscriptionFaultReason.TokenInvalid => (401, "TOKEN_INVALID"),
            SubscriptionFaultReason.TokenExpired => (401, "TOKEN_EXPIRED"),
            SubscriptionFaultReason.Fenced => (409, "FENCED"),
            SubscriptionFaultReason.AlreadyClaimed => (409, "ALREADY_CLAIMED"),
            SubscriptionFaultReason.NoPendingWork => (409, "NO_PENDING_WORK"),
            SubscriptionFaultReason.InvalidOffset => (409, "INVALID_OFFSET"),
            _ => (400, "INVALID_REQUEST"),
        };
}
