using System.Security.Cryptography;

namespace Selvedge.Server.Admission;

/// <summary>Makes the value of <c>x-vercel-id</c>: a region and an id unique across processes.</summary>
internal sealed class RequestIds(string region)
{
    private readonly string _prefix = $"{region}::{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}-";
    private long _count;

    /// <summary>The next id. Its random part tells processes apart and its count requests; it is no secret.</summary>
    public string Next() => string.Create(null, stackalloc char[64], $"{_prefix}{Interlocked.Increment(ref _count):x6}");
}
