using Selvedge.Streams.Engine;

namespace Selvedge.Streams.Tests.Contract;

public sealed class MemoryStreamStoreTests : StreamStoreContract
{
    protected override ValueTask<IStreamStore> OpenAsync() => ValueTask.FromResult(MemoryStreamStore.Create(Clock));
}
