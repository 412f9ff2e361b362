namespace Selvedge.Server.Answers;

/// <summary>Where an answer came from: the values of <c>X-Vercel-Cache</c>, in upper case on the wire.</summary>
internal enum CacheVerdict
{
    /// <summary>An origin was asked.</summary>
    Miss,

    /// <summary>The answer was at hand. Static files always are.</summary>
    Hit,
}
