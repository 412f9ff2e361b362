using Selvedge.Server.Configuration;
using Selvedge.Server.Streams;

namespace Selvedge.Server.Tests.Configuration;

/// <summary>Streams that ask nobody who they are stay on this machine unless it is said that they need not.</summary>
public sealed class StreamAuthSettingsTests
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1:0;http://[::1]:0", true)]
    [InlineData("http://*:3000", false)]
    [InlineData("http://+:3000", false)]
    [InlineData("http://0.0.0.0:3000", false)]
    [InlineData("http://[::]:3000", false)]
    [InlineData("http://192.168.1.5:3000", false)]
    [InlineData("http://localhost:3000;http://10.0.0.1:3000", false)]
    [InlineData("http://streams.example:80", false)]
    public void None_OnAddress_IsAFaultUnlessOnlyThisMachineReachesIt(string urls, bool allowed)
    {
        var options = new SelvedgeOptions
        {
            Urls = urls,
            Streams = new StreamOptions { Auth = StreamAuth.None },
        };

        Assert.Equal(allowed, FaultOf(options) is null);
        Assert.Null(FaultOf(options with { Streams = options.Streams with { OpenToNetwork = true } }));
        Assert.Null(FaultOf(options with { Streams = options.Streams with { Enabled = false } }));
        Assert.Null(FaultOf(options with { Streams = options.Streams with { Auth = StreamAuth.Jwt } }));
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("*", true)]
    [InlineData("app.example", false)]
    public void CorsOrigins_MustBeOrigins(string origin, bool allowed)
    {
        var faults = new List<SettingFault>();
        SettingsValidator.Validate(new SelvedgeOptions { Streams = new StreamOptions { CorsOrigins = [origin] } }, faults);

        Assert.Equal(allowed, !faults.Exists(fault => fault.Key == "Streams:CorsOrigins:0"));
    }

    private static SettingFault? FaultOf(SelvedgeOptions options)
    {
        var faults = new List<SettingFault>();
        SettingsValidator.Validate(options, faults);
        return faults.Find(fault => fault.Key == "Streams:Auth");
    }
}
