using System.Security.Cryptography;
using System.Text;

namespace Selvedge.Streams.Access;

/// <summary>A secret that signs the tokens of a project.</summary>
public sealed class SigningSecret
{
    /// <summary>The fewest characters a secret may have: as many bytes as the hash has (RFC 7518, section 3.2).</summary>
    public const int MinLength = 32;

    /// <summary>The most characters a secret may have.</summary>
    public const int MaxLength = 256;

    /// <summary>Makes a secret.</summary>
    /// <param name="id">What it is called where it can be seen; says nothing about the secret.</param>
    /// <param name="value">The secret; see <see cref="IsUsable"/>.</param>
    /// <param name="createdAt">When it was added.</param>
    public SigningSecret(string id, string value, DateTimeOffset createdAt)
    {
        Id = id;
        Value = value;
        Key = Encoding.UTF8.GetBytes(value);
        CreatedAt = createdAt;
    }

    /// <summary>What it is called where it can be seen.</summary>
    public string Id { get; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; }

    internal string Value { get; }

    internal byte[] Key { get; }

    /// <summary>Gives a secret a name of its own.</summary>
    public static SigningSecret Create(string value, DateTimeOffset now) =>
        new("sk_" + RandomNumberGenerator.GetHexString(8, lowercase: true), value, now);

    /// <summary>Whether a text is long enough to be a secret, and can be handed on without being changed.</summary>
    public static bool IsUsable(string? value) =>
        value?.Length is >= MinLength and <= MaxLength && value.All(static character => character is >= '!' and <= '~');
}
