namespace Selvedge.Server.Streams;

/// <summary>What the streams of a server do.</summary>
public enum StreamState
{
    /// <summary>They are turned off.</summary>
    Off,

    /// <summary>They wait beside a site for the first project.</summary>
    Dormant,

    /// <summary>They answer those who show a token.</summary>
    Guarded,

    /// <summary>They answer everybody.</summary>
    Open,
}
