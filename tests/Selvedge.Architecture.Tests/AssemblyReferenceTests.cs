using System.Reflection;

namespace Selvedge.Architecture.Tests;

/// <summary>The arrows between projects, as CONTRIBUTING.md draws them.</summary>
public sealed class AssemblyReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Selvedge.Routing"] = [],
        ["Selvedge.BuildOutput"] = ["Selvedge.Routing"],
        ["Selvedge.Caching"] = [],
        ["Selvedge.Functions"] = [],
        // The compiler names Routing too, because what a build output holds implements its target interface.
        ["Selvedge.Prerender"] = ["Selvedge.BuildOutput", "Selvedge.Caching", "Selvedge.Routing"],
        ["Selvedge.Streams"] = [],
        ["Selvedge.Server"] =
        [
            "Selvedge.BuildOutput",
            "Selvedge.Caching",
            "Selvedge.Functions",
            "Selvedge.Prerender",
            "Selvedge.Routing",
            "Selvedge.Streams",
        ],
        ["selvedge"] = ["Selvedge.BuildOutput", "Selvedge.Functions", "Selvedge.Routing", "Selvedge.Server", "Selvedge.Streams"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_References_FollowTheArrows(string name)
    {
        var references = ProductReferences(Assembly.Load(name));

        Assert.Empty(references.Except(Allowed[name], StringComparer.Ordinal));
    }

    [Fact]
    public void Assemblies_InTheOutput_AreAllListed()
    {
        var built = Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(IsProduct)
            .Except(["Selvedge.Architecture.Tests"], StringComparer.Ordinal);

        Assert.Empty(built.Except(Allowed.Keys, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Selvedge.Routing")]
    [InlineData("Selvedge.BuildOutput")]
    [InlineData("Selvedge.Caching")]
    [InlineData("Selvedge.Functions")]
    [InlineData("Selvedge.Prerender")]
    [InlineData("Selvedge.Streams")]
    public void Library_References_KnowNoHttpContext(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name);

        Assert.DoesNotContain("Microsoft.AspNetCore.Http.Abstractions", references);
    }

    [Fact]
    public void Routing_References_ArePure()
    {
        string[] impure =
        [
            "System.Net.Sockets",
            "System.Net.Http",
            "System.IO.FileSystem",
            "System.Diagnostics.Process",
            "Microsoft.Extensions.Logging.Abstractions",
        ];

        var references = Assembly.Load("Selvedge.Routing").GetReferencedAssemblies().Select(reference => reference.Name);

        Assert.Empty(references.Intersect(impure, StringComparer.Ordinal));
    }

    private static List<string> ProductReferences(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(IsProduct)];

    private static bool IsProduct(string name) =>
        name.StartsWith("Selvedge.", StringComparison.OrdinalIgnoreCase) || name == "selvedge";
}
