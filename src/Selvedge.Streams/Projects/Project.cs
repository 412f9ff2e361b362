using System.Collections.Immutable;
using System.Security.Cryptography;
using Selvedge.Streams.Access;

namespace Selvedge.Streams.Projects;

/// <summary>A project as it is at one moment: who may use its streams, and from where. Immutable; a change makes another one.</summary>
/// <param name="Name">Its name, the first part of its streams' names.</param>
public sealed record Project(string Name)
{
    private const int ReaderSecretBytes = 32;

    /// <summary>What tokens are signed with. The first one makes new tokens, every one is accepted; none means that nobody gets in.</summary>
    public ImmutableArray<SigningSecret> Secrets { get; init; } = [];

    /// <summary>The origins whose scripts may use the streams, beside those the server allows everywhere; <c>*</c> for every one.</summary>
    public ImmutableArray<string> CorsOrigins { get; init; } = [];

    /// <summary>Whether all its streams may be read without a token.</summary>
    public bool IsPublic { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What reader keys are derived from.</summary>
    internal ImmutableArray<byte> ReaderSecret { get; init; } = NewReaderSecret();

    /// <summary>How often the reader key of a stream was turned over, for those of which it was.</summary>
    internal ImmutableDictionary<string, long> ReaderGenerations { get; init; } =
        ImmutableDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The reader key of one of its streams.</summary>
    public string ReaderKeyOf(StreamInfo stream)
    {
        var id = stream.Name[(Name.Length + 1)..];
        return ReaderKey.Of(ReaderSecret.AsSpan(), stream.Id, ReaderGenerations.GetValueOrDefault(id));
    }

    internal static ImmutableArray<byte> NewReaderSecret() => [.. RandomNumberGenerator.GetBytes(ReaderSecretBytes)];
}
