namespace Selvedge.Routing.Tests.Fakes;

internal sealed class FakeTarget(string outputPath, RouteTargetKind kind) : RouteTarget(outputPath, kind);
