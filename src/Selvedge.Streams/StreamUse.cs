namespace Selvedge.Streams;

/// <summary>Whether a lookup counts as a use of the stream.</summary>
public enum StreamUse
{
    /// <summary>No: the lifetime runs on.</summary>
    Peek,

    /// <summary>Yes: a sliding lifetime starts again.</summary>
    Touch,
}
