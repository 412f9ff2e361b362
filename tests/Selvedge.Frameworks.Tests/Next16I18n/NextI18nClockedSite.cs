namespace Selvedge.Frameworks.Tests.Next16I18n;

/// <summary>The app, under a clock that its tests move.</summary>
[CollectionDefinition]
public sealed class NextI18nClockedSite() : ClockedFixture("next16-i18n"), ICollectionFixture<NextI18nClockedSite>;
