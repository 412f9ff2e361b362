namespace Selvedge.Streams.Subscriptions;

/// <summary>What a webhook receiver answered.</summary>
internal enum WebhookReply
{
    /// <summary>No success: no answer, or a status other than 2xx. To be tried again.</summary>
    Failed,

    /// <summary>It took the work and will call back.</summary>
    Accepted,

    /// <summary>It has done everything that was there.</summary>
    Done,
}
