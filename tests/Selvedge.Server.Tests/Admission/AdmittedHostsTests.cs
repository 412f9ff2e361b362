using System.Net;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Tests.Admission;

public sealed class AdmittedHostsTests
{
    private static readonly AdmittedHosts Named = new(["site.test"], () => ["site.test", "localhost:3000"]);

    [Theory]
    [InlineData("site.test")]
    [InlineData("localhost:3000")]
    [InlineData("10.1.2.3:3000")]
    [InlineData("")]
    public void Admit_ANameOfTheSiteOrTheAddressDialledOrNone_IsTrue(string host) => Assert.True(Named.Admit(Request(host)));

    [Theory]
    [InlineData("made-up.test")]
    [InlineData("site.test:3000")]
    [InlineData("10.1.2.3:3001")]
    [InlineData("10.1.2.3")]
    [InlineData("012.1.2.3:3000")]
    [InlineData("0x0a.1.2.3:3000")]
    public void Admit_AnyOtherName_IsFalse(string host) => Assert.False(Named.Admit(Request(host)));

    [Fact]
    public void Admit_IPv4AddressDialledOnASocketOfBoth_IsTrue() =>
        Assert.True(Named.Admit(Request("10.1.2.3:3000", IPAddress.Parse("::ffff:10.1.2.3"))));

    [Fact]
    public void Admit_WithoutHostsInTheSettings_IsTrueForAny() =>
        Assert.True(new AdmittedHosts([], () => ["localhost:3000"]).Admit(Request("made-up.test")));

    private static DefaultHttpContext Request(string host, IPAddress? dialled = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Host = new HostString(host);
        http.Connection.LocalIpAddress = dialled ?? IPAddress.Parse("10.1.2.3");
        http.Connection.LocalPort = 3000;
        return http;
    }
}
