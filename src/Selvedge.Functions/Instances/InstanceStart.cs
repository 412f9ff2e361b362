using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Functions.Instances;

/// <summary>How the start of an instance ended.</summary>
/// <param name="Instance">The instance, if it is ready.</param>
/// <param name="Fault">Why there is none.</param>
internal readonly record struct InstanceStart(FunctionInstance? Instance, string? Fault)
{
    [MemberNotNullWhen(true, nameof(Instance))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Instance is not null;
}
