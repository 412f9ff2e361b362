using Selvedge.Server.Loopback;

namespace Selvedge.Server.Tests.Loopback;

public sealed class SiteNameSetTests
{
    private static readonly SiteNameSet Names = new([
        "example.com",
        "example.com:8080",
        "*.preview.test",
        "*.local.test:3000",
        "10.0.0.5:80",
        "[::1]:3000",
    ]);

    [Theory]
    [InlineData("example.com")]
    [InlineData("Example.COM")]
    [InlineData("example.com.")]
    [InlineData("example.com:80")]
    [InlineData("example.com:443")]
    [InlineData("example.com:8080")]
    [InlineData("b1.preview.test")]
    [InlineData("b1.local.test:3000")]
    [InlineData("10.0.0.5")]
    [InlineData("[::1]:3000")]
    public void Has_OneOfThem_IsTrue(string authority) => Assert.True(Names.Has(authority));

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("www.example.com")]
    [InlineData("example.com:8081")]
    [InlineData("preview.test")]
    [InlineData(".preview.test")]
    [InlineData("a.b.preview.test")]
    [InlineData("b1.preview.test:3000")]
    [InlineData("b1.local.test")]
    [InlineData("[::1]")]
    public void Has_AnyOther_IsFalse(string authority) => Assert.False(Names.Has(authority));
}
