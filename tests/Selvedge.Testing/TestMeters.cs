using System.Diagnostics.Metrics;

namespace Selvedge.Testing;

/// <summary>Makes meters that nobody listens to.</summary>
public sealed class TestMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose() { }
}
