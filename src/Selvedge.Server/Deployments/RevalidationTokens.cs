using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Server.Deployments;

/// <summary>The <c>bypassToken</c>s of a deployment's prerenders; a build writes the same one into all of them.</summary>
internal sealed class RevalidationTokens(IEnumerable<string> tokens)
{
    private readonly byte[][] _tokens = [.. tokens.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether <paramref name="presented"/> is one of them, compared in constant time.</summary>
    public bool Accepts(string presented)
    {
        if (presented.Length == 0)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(presented);
        var accepted = false;
        foreach (var token in _tokens)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(token, bytes);
        }

        return accepted;
    }
}
