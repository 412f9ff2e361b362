using System.Diagnostics.CodeAnalysis;

namespace Selvedge.Functions.Instances;

/// <summary>What became of a request that asked to enter: an instance that it is in now, or why there is none.</summary>
internal readonly record struct Entry(FunctionInstance? Instance, FunctionFailure? Failure)
{
    [MemberNotNullWhen(true, nameof(Instance))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Instance is not null;

    public static Entry In(FunctionInstance instance) => new(instance, Failure: null);

    public static Entry Refused(FunctionFailureReason reason, string detail) => new(Instance: null, new(reason, detail));
}
