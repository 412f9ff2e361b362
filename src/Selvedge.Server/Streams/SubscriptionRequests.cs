using System.Text.Json;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Understands the bodies of requests to subscriptions.</summary>
internal static class SubscriptionRequests
{
    private const int MaxStreams = 10_000;
    private const int MaxText = 2048;

    /// <summary>Understands the body of a PUT, or says what is wrong with it.</summary>
    public static string? ParseConfig(JsonElement body, out SubscriptionConfig config)
    {
        config = null!;
        SubscriptionType? type = Text(body, "type") switch
        {
            "webhook" => SubscriptionType.Webhook,
            "pull-wake" => SubscriptionType.PullWake,
            _ => null,
        };
        if (type is null)
            return "type must be \"webhook\" or \"pull-wake\".";
        var pattern = Normalize(Text(body, "pattern"));
        if (pattern?.Split('/').Length > StreamGlob.MaxSegments)
            return $"pattern must not have more than {StreamGlob.MaxSegments} segments.";
        if (ParseStreams(body, required: false, out var streams) is { } fault)
            return fault;
        if (pattern is null && streams.Count == 0)
            return "A subscription needs a pattern, streams, or both.";
        var lease = SubscriptionConfig.DefaultLeaseMilliseconds;
        if (body.TryGetProperty("lease_ttl_ms", out var leaseValue) && !TryLease(leaseValue, out lease))
            return "lease_ttl_ms must be an integer from 1000 to 600000.";
        var url = body.TryGetProperty("webhook", out var webhook) ? Text(webhook, "url") : null;
        if (type is SubscriptionType.Webhook && url is null)
            return "A webhook subscription needs webhook.url.";
        var wakeStream = Normalize(Text(body, "wake_stream"));
        if (type is SubscriptionType.PullWake && wakeStream is null)
            return "A pull-wake subscription needs wake_stream.";

        config = new SubscriptionConfig
        {
            Type = type.Value,
            Pattern = pattern,
            Streams = [.. streams.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            WebhookUrl = type is SubscriptionType.Webhook ? url : null,
            WakeStream = type is SubscriptionType.PullWake ? wakeStream : null,
            LeaseMilliseconds = lease,
            Description = Text(body, "description"),
        };
        return null;
    }

    /// <summary>Understands the member <c>streams</c>.</summary>
    public static string? ParseStreams(JsonElement body, bool required, out List<string> streams)
    {
        const string Fault = "streams must be an array of stream ids.";
        streams = [];
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("streams", out var array))
            return required ? Fault : null;
        if (
            array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() > MaxStreams
            || (required && array.GetArrayLength() == 0)
        )
            return Fault;
        foreach (var item in array.EnumerateArray())
        {
            var id = item.ValueKind == JsonValueKind.String ? Normalize(item.GetString()) : null;
            if (id is null || !StreamName.TryCreate(StreamName.DefaultProject, id, out var name) || name.IsReserved)
                return Fault;
            streams.Add(id);
        }

        return null;
    }

    /// <summary>Understands what a subscriber says about a wake.</summary>
    public static string? ParseAnswer(JsonElement body, out WakeAnswer answer)
    {
        var acks = new List<WakeAck>();
        long? generation =
            body.TryGetProperty("generation", out var number) && number.TryGetInt64Safe(out var value) ? value : null;
        var done = body.TryGetProperty("done", out var flag) && flag.ValueKind == JsonValueKind.True;
        answer = new WakeAnswer(Text(body, "wake_id"), generation, acks, done);
        if (!body.TryGetProperty("acks", out var array))
            return null;
        const string Fault = "acks must be an array of {stream, offset}.";
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MaxStreams)
            return Fault;
        foreach (var item in array.EnumerateArray())
        {
            var stream = item.ValueKind == JsonValueKind.Object ? Normalize(Text(item, "stream") ?? Text(item, "path")) : null;
            if (stream is null || Text(item, "offset") is not { } offset)
                return Fault;
            acks.Add(new WakeAck(stream, offset));
        }

        return null;
    }

    /// <summary>A non-empty text member, or null.</summary>
    public static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= MaxText } text
            ? text
            : null;

    private static string? Normalize(string? path) => path?.Trim('/') is { Length: > 0 } trimmed ? trimmed : null;

    private static bool TryLease(JsonElement value, out int lease)
    {
        lease = 0;
        return value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out lease)
            && lease is >= SubscriptionConfig.MinLeaseMilliseconds and <= SubscriptionConfig.MaxLeaseMilliseconds;
    }

    private static bool TryGetInt64Safe(this JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }
}
