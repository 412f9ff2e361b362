using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Storage;

/// <summary>The stored form of a stream's configuration, the same in records and checkpoints.</summary>
internal static class ConfigCodec
{
    private const long None = long.MinValue;

    // The instant of an end, and its absence, leave the bits 60 and 61 equal; a public stream's differ. So a stream that is not public
    // is stored as it was before streams could be.
    private const long Public = 1L << 60;

    private const int Numbers = 6 * sizeof(long);

    public static int MaxSize(StreamConfig config) =>
        FieldWriter.MaxSize(config.ContentType) + Numbers + FieldWriter.MaxSize(config.Fork?.Source);

    public static void Write(StreamConfig config, ref FieldWriter fields)
    {
        fields.Text(config.ContentType);
        fields.Int64(config.Lifetime.TtlSeconds ?? None);
        var end = config.Lifetime.ExpiresAt?.ToUnixTimeMilliseconds() ?? None;
        fields.Int64(config.IsPublic ? end ^ Public : end);
        fields.OptionalText(config.Fork?.Source);
        if (config.Fork is { } fork)
        {
            fields.Int64(fork.Anchor);
            fields.Int64(fork.SubOffset);
            fields.Int64(fork.Position);
        }
    }

    public static StreamConfig Read(ref FieldReader fields)
    {
        var contentType = fields.Text();
        var ttl = fields.Int64();
        var end = fields.Int64();
        var isPublic = ((end ^ (end >> 1)) & Public) != 0;
        if (isPublic)
            end ^= Public;
        var source = fields.OptionalText();
        var fork = source is null ? null : new ForkOrigin(source, fields.Int64(), fields.Int64(), fields.Int64());
        var lifetime = new Lifetime(ttl == None ? null : ttl, end == None ? null : DateTimeOffset.FromUnixTimeMilliseconds(end));
        return new StreamConfig(contentType, lifetime, fork) { IsPublic = isPublic };
    }
}
