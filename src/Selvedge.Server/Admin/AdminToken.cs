using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Server.Admin;

/// <summary>The token of the admin listener.</summary>
internal sealed class AdminToken(string token)
{
    private const string Scheme = "Bearer ";

    // Digests have one length, so that the comparison tells nothing about the token's.
    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether an <c>Authorization</c> field presents it, compared in constant time.</summary>
    public bool IsPresented(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..])),
            _digest
        );
}
