using Microsoft.Extensions.Logging.Abstractions;
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

    protected override ValueTask CloseAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
