using Microsoft.Extensions.Logging.Abstractions;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;
using Selvedge.Testing;

namespace Selvedge.Streams.Tests.Contract;

public sealed class LogStreamStoreTests : StreamStoreContract
{
    private readonly TempDirectory _directory = new();
    private readonly TestMeters _meters = new();

    protected override ValueTask<IStreamStore> OpenAsync() =>
        ValueTask.FromResult<IStreamStore>(
            LogStreamStore.Open(
                _directory.Path,
                new LogSettings { WalBytes = 1024 * 1024 },
                Clock,
                new StreamMetrics(_meters),
                NullLogger.Instance
            )
        );

    [Theory]
    [InlineData(null, null)]
    [InlineData(60L, null)]
    [InlineData(null, 1_900_000_000L)]
    [InlineData(null, -1L)]
    public void Publicity_InItsStoredForm_IsKeptWithEveryLifetime(long? ttl, long? end)
    {
        var lifetime = new Lifetime(ttl, end is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
        foreach (var isPublic in (bool[])[false, true])
        {
            var config = new StreamConfig("text/plain", lifetime, null) { IsPublic = isPublic };
            var buffer = new byte[256];
            var written = Write(config, buffer);

            Assert.Equal(config, Read(buffer.AsSpan(0, written)));
        }

        static int Write(StreamConfig config, byte[] buffer)
        {
            var fields = new FieldWriter(buffer);
            ConfigCodec.Write(config, ref fields);
            return fields.Length;
        }

        static StreamConfig Read(ReadOnlySpan<byte> bytes)
        {
            var fields = new FieldReader(bytes);
            return ConfigCodec.Read(ref fields);
        }
    }

    protected override ValueTask CloseAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
