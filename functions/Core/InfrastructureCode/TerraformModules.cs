namespace ScaleFunctions.Core.InfrastructureCode;

/// <summary>
/// Which directory of Terraform's source is called by which, by local paths alone. So what a state or a plan says of
/// <c>module.web.azurerm_service_plan.api</c> is said of the file it is declared in.
/// </summary>
internal sealed class TerraformModules
{
    /// <summary>Modules that call each other twice, many times over, would be more than anybody has.</summary>
    private const int MostPlaces = 10_000;

    private const int Deepest = 20;

    private readonly ILookup<string, TerraformCall> _calls;
    private readonly HashSet<string> _directories;
    private readonly List<TerraformPlace> _places = [];

    /// <param name="directories">All that have source.</param>
    /// <param name="calls">All calls.</param>
    public TerraformModules(IEnumerable<string> directories, IReadOnlyList<TerraformCall> calls)
    {
        _directories = [.. directories];
        _calls = calls.ToLookup(call => CodePath.DirectoryOf(call.File));
        var called = calls.Where(call => call.Directory != CodePath.DirectoryOf(call.File)).Select(call => call.Directory).OfType<string>().ToHashSet();
        foreach (var root in _directories.Where(directory => !called.Contains(directory)).Order(StringComparer.Ordinal))
        {
            Add(new TerraformPlace(root, "", root, null), 0);
        }

        Places = _places.ToLookup(place => place.Directory);
        ByPath = _places.ToLookup(place => place.Path);
        Roots = _places.Where(place => place.Call is null).Select(place => place.Root).ToHashSet();
        Doubts = [.. calls.Select(DoubtOf).OfType<CodeDoubt>()];
        Names = calls.Select(call => call.Name).ToHashSet();
    }

    /// <summary>By directory.</summary>
    public ILookup<string, TerraformPlace> Places { get; }

    /// <summary>By the modules that lead there.</summary>
    public ILookup<string, TerraformPlace> ByPath { get; }

    public IReadOnlySet<string> Roots { get; }

    /// <summary>Calls that could not be followed.</summary>
    public IReadOnlyList<CodeDoubt> Doubts { get; }

    /// <summary>What modules are called by those that call them.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The names of the modules without indexes: <c>module.a["x.y"].module.b[0]</c> is <c>module.a.module.b</c>.</summary>
    public static string Plain(string path)
    {
        var plain = new System.Text.StringBuilder(path.Length);
        var (isIndex, isText) = (false, false);
        for (var at = 0; at < path.Length; at++)
        {
            var letter = path[at];
            if (isText)
            {
                at += letter == '\\' ? 1 : 0;
                isText = letter != '"';
            }
            else if (isIndex)
            {
                (isText, isIndex) = (letter == '"', letter != ']');
            }
            else if (letter == '[')
            {
                isIndex = true;
            }
            else
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    private void Add(TerraformPlace place, int depth)
    {
        if (_places.Count == MostPlaces || depth > Deepest)
        {
            return;
        }

        _places.Add(place);
        foreach (var call in _calls[place.Directory])
        {
            if (call.Directory is { } directory && _directories.Contains(directory) && directory != place.Directory)
            {
                Add(new TerraformPlace(place.Root, $"{place.Path}{(place.Path.Length > 0 ? "." : "")}module.{call.Name}", directory, call), depth + 1);
            }
        }
    }

    private CodeDoubt? DoubtOf(TerraformCall call)
    {
        var why = call.Source.Length == 0 ? "whose source is no plain text"
            : !CodePath.IsLocal(call.Source) ? "which comes from elsewhere"
            : call.Directory is not { } directory ? "which is outside of the directory that is looked at: name one above both"
            : !_directories.Contains(directory) ? "whose directory has no Terraform that was read, or is a link"
            : "";
        return why.Length > 0 ? new CodeDoubt(call.File, call.Line, $"the module {call.Name}, {why}, is not followed") : null;
    }
}
