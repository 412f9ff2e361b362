using Selvedge.Server.Loopback;

namespace Selvedge.Server.Tests.Loopback;

public sealed class SiteNamesTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public void Of_SettingsThenVariablesThenAddresses_EachOnce()
    {
        var variables = new Dictionary<string, string>
        {
            ["VERCEL_URL"] = "b1.test",
            ["VERCEL_PROJECT_PRODUCTION_URL"] = "example.com",
        };

        var names = SiteNames.Of(["Example.com", "*.example.com"], variables, ["http://localhost:3000"], "box");

        Assert.Equal(["example.com", "*.example.com", "b1.test", "localhost:3000", "127.0.0.1:3000", "[::1]:3000"], names);
    }

    [Theory]
    [InlineData("http://127.0.0.1:3000", "localhost:3000 127.0.0.1:3000 [::1]:3000")]
    [InlineData("http://[::]:3000", "localhost:3000 127.0.0.1:3000 [::1]:3000 box:3000")]
    [InlineData("http://0.0.0.0:3000", "localhost:3000 127.0.0.1:3000 [::1]:3000 box:3000")]
    [InlineData("http://*:3000", "localhost:3000 127.0.0.1:3000 [::1]:3000 box:3000")]
    [InlineData("http://10.0.0.5", "10.0.0.5:80")]
    [InlineData("http://[fd00::1]:81", "[fd00::1]:81")]
    [InlineData("http://Box.lan:3000", "box.lan:3000")]
    [InlineData("nonsense", "")]
    public void Of_AnAddress_IsReachedByTheseNames(string address, string names) =>
        Assert.Equal(names, string.Join(' ', SiteNames.Of([], NoVariables, [address], "box")));
}
