namespace Selvedge.Frameworks.Tests.Next14;

/// <summary>The Next.js 14 app.</summary>
[CollectionDefinition]
public sealed class Next14Site() : FrameworkSite("next14"), ICollectionFixture<Next14Site>;
