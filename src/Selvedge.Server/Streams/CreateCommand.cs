using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>What a PUT asks for, as its headers and its query say it.</summary>
internal sealed record CreateCommand
{
    /// <summary>The type asked for; null when the client leaves it to the server, or to the source of a fork.</summary>
    public string? ContentType { get; private init; }

    public Lifetime Lifetime { get; private init; }

    public bool IsClosed { get; private init; }

    /// <summary>Whether anybody may read it; null when the client does not say.</summary>
    public bool? IsPublic { get; private init; }

    /// <summary>The stream to fork from.</summary>
    public StreamName? Source { get; private init; }

    /// <summary>Where to leave it; null for its tail.</summary>
    public long? ForkOffset { get; private init; }

    public long ForkSubOffset { get; private init; }

    /// <summary>Understands the headers and the query, or says what is wrong with them.</summary>
    public static StreamError? Parse(HttpRequest request, StreamName target, out CreateCommand command)
    {
        var headers = request.Headers;
        command = new CreateCommand { IsClosed = StreamHeaders.IsTrue(headers[StreamHeaders.Closed]) };
        if (!TryParsePublic(request.Query["public"], out var isPublic))
            return StreamError.Bad("INVALID_PUBLIC", "The public parameter must be true or false.");
        command = command with { IsPublic = isPublic };
        var type = headers.ContentType.ToString().Trim();
        if (type.Length > 0 && !MediaType.IsValid(type))
            return StreamError.Bad("INVALID_CONTENT_TYPE", "Content-Type must be a media type such as application/json.");
        if (type.Length > 0)
            command = command with { ContentType = type };
        return ParseLifetime(headers, ref command) ?? ParseFork(headers, target, ref command);
    }

    private static bool TryParsePublic(string? text, out bool? isPublic)
    {
        isPublic = text switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        return text is null || isPublic is not null;
    }

    private static StreamError? ParseLifetime(IHeaderDictionary headers, ref CreateCommand command)
    {
        string? ttl = headers[StreamHeaders.Ttl];
        string? end = headers[StreamHeaders.ExpiresAt];
        if (ttl is not null && end is not null)
            return StreamError.Bad("INVALID_LIFETIME", "Stream-TTL and Stream-Expires-At exclude each other.");

        if (ttl is not null)
        {
            if (!Lifetime.TryParseTtl(ttl, out var seconds))
                return StreamError.Bad(
                    "INVALID_TTL",
                    "Stream-TTL must be a whole number of seconds, without sign or leading zero."
                );
            command = command with { Lifetime = new Lifetime(seconds, null) };
        }

        if (end is not null)
        {
            if (!Lifetime.TryParseExpiresAt(end, out var instant))
                return StreamError.Bad("INVALID_EXPIRES_AT", "Stream-Expires-At must be an RFC 3339 timestamp with a time zone.");
            command = command with { Lifetime = new Lifetime(null, instant) };
        }

        return null;
    }

    private static StreamError? ParseFork(IHeaderDictionary headers, StreamName target, ref CreateCommand command)
    {
        string? from = headers[StreamHeaders.ForkedFrom];
        string? offset = headers[StreamHeaders.ForkOffset];
        string? subOffset = headers[StreamHeaders.ForkSubOffset];
        if (from is null)
        {
            return offset is null && subOffset is null
                ? null
                : StreamError.Bad("INVALID_FORK", "Stream-Fork-Offset and Stream-Fork-Sub-Offset need Stream-Forked-From.");
        }

        if (!StreamName.TryParseEncoded(from, out var source))
            return StreamError.Bad("INVALID_FORK", "Stream-Forked-From must be the path of a stream, such as /v1/stream/notes.");

        // A fork reads its source for ever, so it must not reach into what another project keeps to itself.
        if (source.Project != target.Project || source.IsReserved)
            return StreamError.SourceNotFound;
        if (offset is not null)
        {
            if (!StreamOffset.TryParse(offset, out var anchor))
                return StreamError.ForkPoint;
            command = command with { ForkOffset = anchor };
        }

        if (subOffset is not null)
        {
            var canonical = subOffset is "0" || (subOffset.Length > 0 && subOffset[0] != '0');
            if (!canonical || !long.TryParse(subOffset, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return StreamError.ForkPoint;
            command = command with { ForkSubOffset = count };
        }

        command = command with { Source = source };
        return null;
    }
}
