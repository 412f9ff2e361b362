namespace Selvedge.Streams.Estuaries;

/// <summary>An estuary in its role as the follower of one stream.</summary>
/// <remarks>Everything that changes is changed by the one task that delivers the stream at the time.</remarks>
internal sealed class Follower(string project, string estuary, string stream, FollowRecord record)
{
    public string Project { get; } = project;

    public string Estuary { get; } = estuary;

    public string Stream { get; } = stream;

    /// <summary>What is durable about it.</summary>
    public FollowRecord Record { get; } = record;

    /// <summary>The store's name of its stream.</summary>
    public string Key { get; } = $"{project}/{estuary}";

    /// <summary>The incarnation of the source that <see cref="Delivered"/> counts in; 0 when that is not known yet.</summary>
    public ulong Source { get; set; }

    /// <summary>Up to where the source has been delivered.</summary>
    public long Delivered { get; set; }

    /// <summary>How often in a row it could not be delivered to.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it is left alone for a while, because it could not be delivered to.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>It has ended.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether it takes deliveries.</summary>
    public bool IsOpen => !IsGone && !IsPaused;
}
