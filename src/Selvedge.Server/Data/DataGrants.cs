using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Selvedge.Caching.Data;

namespace Selvedge.Server.Data;

/// <summary>
/// Hands out the tokens that functions show to the data cache's listener, and recognises them. They are made anew at each start and
/// never written down.
/// </summary>
internal sealed class DataGrants
{
    private const string Scheme = "Bearer ";
    private const int SecretBytes = 32;

    private readonly ConcurrentDictionary<int, (DataGrant Grant, byte[] Secret)> _grants = new();
    private int _last;

    /// <summary>Gives a function a token of its own.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="scope">What it may reach.</param>
    /// <returns>The token: a number that finds the grant, and a secret that proves it.</returns>
    public string Issue(string function, DataScope scope)
    {
        var number = Interlocked.Increment(ref _last);
        var secret = RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);
        _grants[number] = (new DataGrant(function, scope), Encoding.ASCII.GetBytes(secret));
        return string.Create(CultureInfo.InvariantCulture, $"{number}.{secret}");
    }

    /// <summary>What an <c>Authorization</c> field allows; the secret is compared in constant time.</summary>
    /// <returns><see langword="null"/> for nothing.</returns>
    public DataGrant? Find(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = authorization.AsSpan(Scheme.Length);
        var dot = token.IndexOf('.');
        return
            dot > 0
            && int.TryParse(token[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && _grants.TryGetValue(number, out var known)
            && CryptographicOperations.FixedTimeEquals(known.Secret, Encoding.UTF8.GetBytes(token[(dot + 1)..].ToString()))
            ? known.Grant
            : null;
    }
}
