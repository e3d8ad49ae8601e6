"""Each check of expand.py sees what it is for: python -m unittest discover tools/cloud"""

import unittest

from expand import ROOT, expand, faults, read


class Planted(unittest.TestCase):
    def faults_after(self, change):
        template = read(ROOT / "template.yaml")
        change(template["Resources"])
        return list(faults(expand(template)))

    def sees(self, words, change):
        found = self.faults_after(change)
        self.assertEqual(1, len(found), found)
        self.assertIn(words, found[0])

    def test_the_template_has_none(self):
        self.assertEqual([], self.faults_after(lambda resources: None))

    def test_a_wildcard_resource(self):
        def change(resources):
            policy = resources["ShowAccount"]["Properties"]["Policies"][0]
            policy["Statement"][0]["Resource"] = "*"

        self.sees("Resource of", change)

    def test_a_wildcard_action(self):
        def change(resources):
            policy = resources["ShowAccount"]["Properties"]["Policies"][0]
            policy["Statement"][0]["Action"] = "dynamodb:*"

        self.sees("Action of", change)

    def test_a_time_that_is_none(self):
        def change(resources):
            schedule = resources["SweepDays"]["Properties"]["Events"]["Schedule"]["Properties"]
            schedule["ScheduleExpression"] = "rate(1 hours)"

        self.sees("is no time", change)

    def test_a_cron_of_five_fields(self):
        def change(resources):
            schedule = resources["SweepDays"]["Properties"]["Events"]["Schedule"]["Properties"]
            schedule["ScheduleExpression"] = "cron(0 4 * * ?)"

        self.sees("is no time", change)

    def test_a_filter_that_is_no_json(self):
        def change(resources):
            stream = resources["SendMail"]["Properties"]["Events"]["Stream"]["Properties"]
            stream["FilterCriteria"]["Filters"][0]["Pattern"] = "{eventName: [INSERT]}"

        self.sees("is no JSON", change)

    def test_a_route_without_the_scope(self):
        def change(resources):
            route = resources["ShowAccount"]["Properties"]["Events"]["GetMe"]["Properties"]
            route["Auth"] = {"AuthorizationScopes": ["openid"]}

        self.sees("has the security", change)

    def test_a_managed_policy_that_does_not_exist(self):
        def change(resources):
            resources["ShowAccount"]["Properties"]["Policies"].append("AmazonDynamoDBEverything")

        self.sees("is no managed policy", change)


if __name__ == "__main__":
    unittest.main()
