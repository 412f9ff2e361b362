using Selvedge.Functions.Instances;

namespace Selvedge.Functions.Tests.Instances;

public sealed class BlankKindTests
{
    private static readonly FunctionHostOptions Options = new() { SocketDirectory = "/s" };

    [Fact]
    public void Functions_ThatDifferInWhatAProcessCanBeTold_AreOfOneKind() =>
        Assert.Equal(Kind(With("A", "1") with { Directory = "/a", Handler = "a.js" }), Kind(With("NODE_ENV", "test")));

    [Fact]
    public void Functions_ThatNeedOtherFlags_AreOfOtherKinds()
    {
        var plain = With("A", "1");

        Assert.NotEqual(Kind(plain), Kind(plain with { Runtime = FunctionRuntime.Edge }));
        Assert.NotEqual(Kind(plain), Kind(plain with { MemoryMiB = 128 }));
    }

    [Theory]
    [InlineData("NODE_OPTIONS")]
    [InlineData("NODE_EXTRA_CA_CERTS")]
    [InlineData("UV_THREADPOOL_SIZE")]
    [InlineData("LD_PRELOAD")]
    [InlineData("SSL_CERT_FILE")]
    [InlineData("LANG")]
    public void Function_WithAVariableThatIsReadAtStart_NeedsItsOwnProcess(string name) => Assert.Null(Kind(With(name, "x")));

    private static BlankKind? Kind(FunctionSpec function) => BlankKind.Of(function, Options);

    private static FunctionSpec With(string name, string value) =>
        new()
        {
            Name = "f",
            Directory = "/",
            Handler = "h",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value },
        };
}
