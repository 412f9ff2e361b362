namespace Selvedge.Frameworks.Tests.PlainApi;

/// <summary>The app without a framework: functions in <c>api/</c>.</summary>
[CollectionDefinition]
public sealed class PlainApiSite() : FrameworkSite("api"), ICollectionFixture<PlainApiSite>;
