using System.Text;
using Selvedge.Caching.Fields;
using Selvedge.Caching.Policy;

namespace Selvedge.Caching.Tests.Policy;

public sealed class HttpPolicyStoringTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> External => [.. GoldenCase.ReadAll("storing.golden").Select(golden => golden.Title)];

    public static TheoryData<string> Functions => [.. GoldenCase.ReadAll("functions.golden").Select(golden => golden.Title)];

    [Theory]
    [MemberData(nameof(External))]
    public void Judge_AnExternalResponse_FollowsTheRfcs(string title) =>
        Check("storing.golden", title, HttpPolicyOptions.External);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Judge_AFunctionsResponse_FollowsVercelsTable(string title) =>
        Check("functions.golden", title, HttpPolicyOptions.Functions);

    private static void Check(string file, string title, HttpPolicyOptions options)
    {
        var golden = GoldenCase.ReadAll(file).Single(golden => golden.Title == title);
        var request = new RequestFacts(title.StartsWith("with Authorization", StringComparison.Ordinal), CacheDirectives.None);
        var response = new ResponseFacts(golden.Status, golden.Fields, Now, Now);

        var decision = new HttpPolicy(options).Judge(request, response);

        Assert.Equal(golden.Expected, Describe(decision));
    }

    private static string Describe(StoreDecision decision)
    {
        if (decision.Reason is not NotStored.None)
        {
            return decision.Reason.ToString();
        }

        var freshness = decision.Freshness;
        var text = new StringBuilder($"stored {freshness.Lifetime.TotalSeconds} s");
        Add(freshness.InitialAge, "old");
        Add(freshness.StaleWhileRevalidate, "stale");
        Add(freshness.StaleIfError, "on error");
        text.Append(freshness.AlwaysValidate ? ", always validated" : "");
        text.Append(freshness.MayBeStale ? "" : ", never stale");
        text.Append(decision.UnsharedFields.Count == 0 ? "" : $" without {string.Join(' ', decision.UnsharedFields)}");
        return text.ToString();

        void Add(TimeSpan span, string what) => text.Append(span > TimeSpan.Zero ? $", {span.TotalSeconds} s {what}" : "");
    }
}
