using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using Selvedge.Server.Static;

namespace Selvedge.Server.Tests.Static;

public sealed class PreconditionsTests
{
    private static readonly DateTimeOffset Modified = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly EntityTagHeaderValue Tag = new("\"v1\"");

    [Theory]
    [InlineData("If-None-Match", "\"v1\"", "NotModified")]
    [InlineData("If-None-Match", "W/\"v1\"", "NotModified")]
    [InlineData("If-None-Match", "\"v0\", \"v1\"", "NotModified")]
    [InlineData("If-None-Match", "*", "NotModified")]
    [InlineData("If-None-Match", "\"v2\"", "Proceed")]
    [InlineData("If-Match", "\"v1\"", "Proceed")]
    [InlineData("If-Match", "*", "Proceed")]
    [InlineData("If-Match", "\"v2\"", "Failed")]
    [InlineData("If-Match", "W/\"v1\"", "Failed")]
    [InlineData("If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT", "NotModified")]
    [InlineData("If-Modified-Since", "Sun, 01 Mar 2026 11:59:59 GMT", "Proceed")]
    [InlineData("If-Unmodified-Since", "Sun, 01 Mar 2026 11:59:59 GMT", "Failed")]
    [InlineData("If-Unmodified-Since", "Sun, 01 Mar 2026 12:00:00 GMT", "Proceed")]
    public void Evaluate_OneCondition_DecidesAsRfc9110Says(string name, string value, string expected) =>
        Assert.Equal(expected, Preconditions.Evaluate(With((name, value)), Tag, Modified).ToString());

    [Fact]
    public void Evaluate_TagDiffersButDateMatches_TagDecides()
    {
        var request = With(("If-None-Match", "\"v2\""), ("If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT"));

        Assert.Equal(Precondition.Proceed, Preconditions.Evaluate(request, Tag, Modified));
    }

    [Theory]
    [InlineData("\"v1\"", true)]
    [InlineData("W/\"v1\"", false)]
    [InlineData("\"v2\"", false)]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT", true)]
    [InlineData("Sun, 01 Mar 2026 12:00:01 GMT", false)]
    public void RangeApplies_IfRange_MustNameThisRepresentation(string ifRange, bool applies) =>
        Assert.Equal(applies, Preconditions.RangeApplies(With(("If-Range", ifRange)), Tag, Modified));

    private static RequestHeaders With(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return new RequestHeaders(dictionary);
    }
}
