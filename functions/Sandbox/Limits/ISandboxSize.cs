namespace ScaleFunctions.Sandbox.Limits;

/// <summary>What an instance of a size can do, of whatever type of resource.</summary>
internal interface ISandboxSize
{
    string Name { get; }

    int Cores { get; }

    double MemoryGiB { get; }

    /// <summary>The size of a name; nothing for one the sandbox does not know.</summary>
    static ISandboxSize? Find(string name) => (ISandboxSize?)MachineSize.Find(name) ?? PlanSize.Find(name);
}
