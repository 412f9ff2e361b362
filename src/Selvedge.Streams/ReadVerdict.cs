namespace Selvedge.Streams;

/// <summary>What the cache in front of a stream made of a read, as <c>X-Cache</c> tells it.</summary>
public enum ReadVerdict
{
    /// <summary>The stream was read for this client, and perhaps for others who waited with him.</summary>
    Miss,

    /// <summary>The answer was there, or was made for another client who asked at the same time.</summary>
    Hit,

    /// <summary>The client wanted no stored answer.</summary>
    Bypass,
}
