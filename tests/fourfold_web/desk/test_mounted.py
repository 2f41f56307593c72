"""Do the stages' own commands stay as they are when the terminal mounts them?"""

from fourfold_web.desk.mounted import COMMANDS
from fourfold_web.inspect.commands import inspect_command


def test_mounting_leaves_the_stages_own_command_alone():
    mounted = COMMANDS["inspect"]
    assert mounted.callback is not inspect_command.callback
    assert mounted.callback.__wrapped__ is inspect_command.callback
    assert mounted.params == inspect_command.params
