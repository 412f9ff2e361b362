namespace Selvedge.Functions.Instances;

/// <summary>How many places one function, or the supply of blanks, holds of an <see cref="InstanceBudget"/>, whose lock guards it.</summary>
internal sealed class BudgetShare
{
    /// <summary>Places that are held: by processes that start, run or end.</summary>
    public int Held { get; set; }
}
