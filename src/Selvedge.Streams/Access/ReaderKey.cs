using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Streams.Access;

/// <summary>The key that makes the URLs of a private stream unguessable, for a cache in front that asks nobody who they are.</summary>
/// <remarks>
/// It is derived, so no stream keeps one: another incarnation of a stream has another key, and a project turns all its keys over by a
/// new secret. Here it gives nothing away by itself, because reads are asked for their token all the same; it lets an answer be marked
/// as one that a shared cache may keep under the URL that holds it.
/// </remarks>
public static class ReaderKey
{
    private const string Prefix = "rk_";
    private const int KeyBytes = 16;

    /// <summary>The reader key of a stream.</summary>
    /// <param name="secret">The project's secret for reader keys.</param>
    /// <param name="streamId">The incarnation of the stream.</param>
    /// <param name="generation">How often the stream's key was turned over.</param>
    public static string Of(ReadOnlySpan<byte> secret, ulong streamId, long generation)
    {
        var text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{streamId}:{generation}"));
        return Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(secret, text).AsSpan(0, KeyBytes));
    }

    /// <summary>Whether somebody presents the right key, compared in constant time.</summary>
    public static bool Matches(string presented, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));
}
