namespace Selvedge.Caching.Tests;

public sealed class LoggedKeyTests
{
    [Theory]
    [InlineData("r https://a.example/b?token=secret", "r https://a.example/b")]
    [InlineData("r https://a.example/b\nauthorization secret", "r https://a.example/b")]
    [InlineData("r https://a.example/b", "r https://a.example/b")]
    public void Of_AKey_EndsBeforeWhatMayBeSecret(string key, string expected) => Assert.Equal(expected, LoggedKey.Of(key));
}
