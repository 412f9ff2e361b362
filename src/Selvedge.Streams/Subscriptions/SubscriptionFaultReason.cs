namespace Selvedge.Streams.Subscriptions;

/// <summary>The reasons of a <see cref="SubscriptionFault"/>.</summary>
public enum SubscriptionFaultReason
{
    /// <summary>The request makes no sense.</summary>
    InvalidRequest,

    /// <summary>There is no such subscription.</summary>
    SubscriptionNotFound,

    /// <summary>There is one of that name with another configuration.</summary>
    SubscriptionAlreadyExists,

    /// <summary>Webhooks may not go to that address.</summary>
    WebhookUrlRejected,

    /// <summary>The token is not this server's, or not for this subscription.</summary>
    TokenInvalid,

    /// <summary>The token is too old.</summary>
    TokenExpired,

    /// <summary>A later wake has taken over.</summary>
    Fenced,

    /// <summary>Somebody else works on it.</summary>
    AlreadyClaimed,

    /// <summary>There is nothing to do.</summary>
    NoPendingWork,

    /// <summary>The acknowledged offset is not one of the stream, or behind what is acknowledged.</summary>
    InvalidOffset,
}
