using Selvedge.Routing;

namespace Selvedge.BuildOutput.Tests;

/// <summary>An output that is nothing but a path.</summary>
internal sealed class TestOutput(string outputPath, RouteTargetKind kind = RouteTargetKind.Static)
    : RouteTarget(outputPath, kind);
