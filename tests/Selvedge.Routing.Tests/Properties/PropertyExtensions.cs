using FsCheck;

namespace Selvedge.Routing.Tests.Properties;

internal static class PropertyExtensions
{
    // A failure prints the seed to replay it with.
    private static readonly FsCheck.Config Often = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>Tries a property on three hundred values.</summary>
    public static void Holds(this Property property) => Check.One(Often, property);
}
