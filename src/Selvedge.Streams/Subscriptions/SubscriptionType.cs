using System.Text.Json.Serialization;

namespace Selvedge.Streams.Subscriptions;

/// <summary>How a subscriber learns that there is work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubscriptionType>))]
public enum SubscriptionType
{
    /// <summary>The server calls it.</summary>
    [JsonStringEnumMemberName("webhook")]
    Webhook,

    /// <summary>An event in a stream tells it, and it claims the work.</summary>
    [JsonStringEnumMemberName("pull-wake")]
    PullWake,
}
